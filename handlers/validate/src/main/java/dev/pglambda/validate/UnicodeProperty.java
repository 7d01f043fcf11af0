package dev.pglambda.validate;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Translates ECMAScript's names of Unicode properties to Java's. */
final class UnicodeProperty {

    private static final Map<String, String> CATEGORIES = names("""
            Letter=L Cased_Letter=LC Uppercase_Letter=Lu Lowercase_Letter=Ll Titlecase_Letter=Lt Modifier_Letter=Lm
            Other_Letter=Lo Mark=M Nonspacing_Mark=Mn Spacing_Mark=Mc Enclosing_Mark=Me Number=N Decimal_Number=Nd
            Letter_Number=Nl Other_Number=No Punctuation=P Connector_Punctuation=Pc Dash_Punctuation=Pd
            Open_Punctuation=Ps Close_Punctuation=Pe Initial_Punctuation=Pi Final_Punctuation=Pf Other_Punctuation=Po
            Symbol=S Math_Symbol=Sm Currency_Symbol=Sc Modifier_Symbol=Sk Other_Symbol=So Separator=Z
            Space_Separator=Zs Line_Separator=Zl Paragraph_Separator=Zp Other=C Control=Cc Format=Cf Surrogate=Cs
            Private_Use=Co Unassigned=Cn""");

    private static final Map<String, String> BINARY = names("""
            Alphabetic=IsAlphabetic Alpha=IsAlphabetic Lowercase=IsLowercase Lower=IsLowercase Uppercase=IsUppercase
            Upper=IsUppercase White_Space=IsWhite_Space space=IsWhite_Space Ideographic=IsIdeographic
            Ideo=IsIdeographic Hex_Digit=IsHex_Digit Hex=IsHex_Digit Join_Control=IsJoin_Control
            Join_C=IsJoin_Control ASCII=ASCII""");

    private UnicodeProperty() {}

    /** A property such as p{Lu} or P{Script=Greek} in Java's notation between brackets; empty when it is unknown. */
    static Optional<String> inJava(String property) {
        String[] parts = property.substring(2, property.length() - 1).split("=", 2);
        Optional<String> name = parts.length == 1
                ? category(parts[0]).or(() -> Optional.ofNullable(BINARY.get(parts[0])))
                : value(parts[0], parts[1]);
        return name.map(java -> "\\" + property.charAt(0) + "{" + java + "}");
    }

    private static Optional<String> value(String name, String value) {
        return switch (name) {
            case "General_Category", "gc" -> category(value);
            case "Script", "sc" -> script(value);
            default -> Optional.empty();
        };
    }

    private static Optional<String> category(String value) {
        return CATEGORIES.containsValue(value) ? Optional.of(value) : Optional.ofNullable(CATEGORIES.get(value));
    }

    /** A script by its long name, such as Old_Italic, in exactly ECMAScript's spelling. */
    private static Optional<String> script(String value) {
        return Arrays.stream(Character.UnicodeScript.values())
                .filter(script -> value.equals(spelled(script.name())))
                .map(script -> "script=" + script.name())
                .findFirst();
    }

    private static String spelled(String upperCase) {
        return Arrays.stream(upperCase.split("_"))
                .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining("_"));
    }

    private static Map<String, String> names(String list) {
        return Arrays.stream(list.split("\\s+"))
                .map(entry -> entry.split("="))
                .collect(Collectors.toMap(entry -> entry[0], entry -> entry[1]));
    }
}
