package dev.pglambda.binding;

import io.micronaut.core.type.Argument;
import io.micronaut.json.tree.JsonNode;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The mistakes that the binding of one value has found so far. Not thread-safe. */
final class Findings {

    private static final Pattern INDEXES = Pattern.compile("(\\[[0-9]+])+");

    private final BeanMembers beans;
    private final boolean refuseUnknown;
    private final Set<Violation> mistakes = new TreeSet<>();
    private final Set<Violation> constraints = new TreeSet<>();
    private Optional<Violation> refusal = Optional.empty();
    private String lastPath = "";
    private String lastName = "";
    private int lastIndex = -1;
    private final Set<String> replaced = new HashSet<>();

    Findings(BeanMembers beans, boolean refuseUnknown) {
        this.beans = beans;
        this.refuseUnknown = refuseUnknown;
    }

    /** Adds a mistake: the value at this path is of a wrong type, or its converter refuses it. */
    void add(String path, String message) {
        mistakes.add(new Violation(path, message));
    }

    /** Adds a broken constraint of the value at this path, unless a mistake is known there. */
    void addConstraint(String path, String message) {
        if (!concern(path)) {
            constraints.add(new Violation(path, message));
        }
    }

    /** The constructor of the whole value refuses it. Reported only when no other violation explains the refusal. */
    void refuse(String message) {
        refusal = Optional.of(new Violation("", message));
    }

    /** Lets the value at this path be read as null from now on. False when it already is. */
    boolean replace(String path) {
        return replaced.add(path);
    }

    boolean hasReplaced() {
        return !replaced.isEmpty();
    }

    boolean isReplaced(String path) {
        return replaced.contains(path);
    }

    /**
     * Adds a mistake for each missing primitive argument of the constructor, to which Serde would give the value zero.
     */
    void requirePrimitives(Argument<?> type, JsonNode object, String path) {
        for (BeanMembers.Member member : beans.of(type)) {
            if (member.isPrimitive() && member.isConstructed() && member.valueIn(object) == null) {
                add(Violation.child(path, member.name()), "must not be null");
            }
        }
    }

    /** The names in JSON of a bean's primitive members. */
    Set<String> primitives(Argument<?> type) {
        return beans.primitives(type);
    }

    /** Notes that a member of the object at that path was ignored. */
    void ignored(String member, String object) {
        if (refuseUnknown && object.isEmpty()) {
            add(member, "is not known");
        }
    }

    /** Remembers the value that was read last: for a refused element of an array, Serde does not tell the index. */
    void taken(String path, String name, int index) {
        lastPath = path;
        lastName = name;
        lastIndex = index;
    }

    /** The path, completed by the indexes of the element that was read last. */
    String withIndexes(String path) {
        String last = lastIndex >= 0 ? lastPath + "[" + lastIndex + "]" : Violation.child(lastPath, lastName);
        Matcher indexes = INDEXES.matcher(last);
        return last.startsWith(path) && indexes.find(path.length()) && indexes.start() == path.length()
                ? path + indexes.group()
                : path;
    }

    /** Whether a mistake is known at this path, below it or above it. */
    boolean concern(String path) {
        return mistakes.stream()
                .anyMatch(known -> known.isWithin(path) || new Violation(path, "").isWithin(known.path()));
    }

    boolean isEmpty() {
        return mistakes.isEmpty() && constraints.isEmpty() && refusal.isEmpty();
    }

    Set<Violation> violations() {
        Set<Violation> all = new TreeSet<>(mistakes);
        all.addAll(constraints);
        if (all.isEmpty()) {
            refusal.ifPresent(all::add);
        }
        return all;
    }
}
