package dev.pglambda.local.secrets;

/** Secrets Manager refuses a request, by the error types that AWS gives. No message holds a value. */
final class SecretsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String type;

    private SecretsException(String type, String message) {
        super(message);
        this.type = type;
    }

    static SecretsException notFound(String message) {
        return new SecretsException("ResourceNotFoundException", message);
    }

    static SecretsException exists(String message) {
        return new SecretsException("ResourceExistsException", message);
    }

    static SecretsException invalidRequest(String message) {
        return new SecretsException("InvalidRequestException", message);
    }

    static SecretsException invalidParameter(String message) {
        return new SecretsException("InvalidParameterException", message);
    }

    static SecretsException unknownOperation(String message) {
        return new SecretsException("UnknownOperationException", message);
    }

    static SecretsException notJson(String message) {
        return new SecretsException("SerializationException", message);
    }

    String type() {
        return type;
    }
}
