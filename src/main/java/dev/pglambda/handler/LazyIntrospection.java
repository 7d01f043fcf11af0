package dev.pglambda.handler;

import io.micronaut.core.annotation.AnnotationMetadata;
import io.micronaut.core.beans.BeanIntrospection;
import io.micronaut.core.beans.BeanIntrospectionReference;

/**
 * A reference to a bean introspection that knows its bean's name from the name of its class. Micronaut looks for one among
 * hundreds by name; so only those that it finds are loaded. Thread-safe.
 */
final class LazyIntrospection implements BeanIntrospectionReference<Object> {

    private static final String END = "$Introspection";

    private final String introspection;
    private final String bean;
    private BeanIntrospectionReference<Object> loaded;

    private LazyIntrospection(String introspection, String bean) {
        this.introspection = introspection;
        this.bean = bean;
    }

    /** For {@code example.$Outer$Inner$Introspection}; null where the class is named for no bean, as imported ones are. */
    static LazyIntrospection of(String introspection) {
        int simple = introspection.lastIndexOf('.') + 1;
        boolean named = introspection.startsWith("$", simple) && introspection.endsWith(END);
        if (!named || introspection.indexOf('_', simple) >= 0) {
            return null;
        }
        String name = introspection.substring(simple + 1, introspection.length() - END.length());
        return new LazyIntrospection(introspection, introspection.substring(0, simple) + name);
    }

    @Override
    public String getName() {
        return bean;
    }

    @Override
    public boolean isPresent() {
        BeanIntrospectionReference<Object> reference = reference();
        return reference != null && reference.isPresent();
    }

    @Override
    public Class<Object> getBeanType() {
        return reference().getBeanType();
    }

    @Override
    public BeanIntrospection<Object> load() {
        return reference().load();
    }

    @Override
    public AnnotationMetadata getAnnotationMetadata() {
        return reference().getAnnotationMetadata();
    }

    @SuppressWarnings("unchecked") // the list says so
    private synchronized BeanIntrospectionReference<Object> reference() {
        if (loaded == null) {
            loaded = (BeanIntrospectionReference<Object>) ServiceIndex.instance(introspection);
        }
        return loaded;
    }
}
