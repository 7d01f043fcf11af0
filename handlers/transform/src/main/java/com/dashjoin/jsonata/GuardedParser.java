package com.dashjoin.jsonata;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The library's parser, but that numbers keep all of their digits. Not thread-safe: each thread has one, as the library has
 * it.
 */
final class GuardedParser extends Parser {

    private static final long serialVersionUID = 1L;

    private static final Pattern NUMBER = Pattern.compile("[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]+)?$");

    private static final Character PLACEHOLDER = '?';

    private GuardedParser() {}

    /** The parsed expression. */
    static Symbol parsed(String source) {
        use();
        return Jsonata.getParser().parse(source);
    }

    /** Makes what is parsed on this thread be parsed by one of these. */
    static void use() {
        if (!(Jsonata._parser.get() instanceof GuardedParser)) {
            Jsonata._parser.set(new GuardedParser());
        }
    }

    @Override
    Symbol advance(String id, boolean infix) {
        int before = lexer.position;
        Symbol symbol = super.advance(id, infix);
        if ("number".equals(symbol.type)) {
            symbol.value = number(source.substring(before, lexer.position));
        } else if (PLACEHOLDER.equals(symbol.value)) {
            symbol.value = "?"; // a text is looked for; else it would be taken for an argument without a value
        }
        return symbol;
    }

    /** The number at the end of what was read: white space and comments may come before it. */
    private static Number number(String read) {
        Matcher number = NUMBER.matcher(read);
        if (!number.find()) {
            throw new IllegalStateException("no number at the end of " + read);
        }
        return ExactNumber.literal(number.group());
    }

    /** The library computes the negative of a number that is written with a sign. */
    @Override
    Symbol processAST(Symbol expr) {
        if ("unary".equals(expr.type)
                && "-".equals(String.valueOf(expr.value))
                && expr.expression.value instanceof ExactNumber number) {
            expr.expression.value = number.negated();
            return super.processAST(expr.expression);
        }
        return super.processAST(expr);
    }
}
