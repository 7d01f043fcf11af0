package ${package}.${function};

import dev.pglambda.handler.Call;
import dev.pglambda.handler.Handler;
import jakarta.inject.Singleton;
import java.math.BigDecimal;

/** {@code SELECT ${function}('tea', 3)} */
@Singleton
class ${type}Handler implements Handler<${type}Item, BigDecimal> {

    private static final BigDecimal EACH = new BigDecimal("4.90");

    @Override
    public BigDecimal handle(${type}Item item, Call call) {
        return EACH.multiply(BigDecimal.valueOf(item.quantity()));
    }
}
