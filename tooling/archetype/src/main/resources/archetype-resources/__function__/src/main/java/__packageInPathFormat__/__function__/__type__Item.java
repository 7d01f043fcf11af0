package ${package}.${function};

import io.micronaut.serde.annotation.Serdeable;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;

/** What {@code ${function}} takes: the arguments of its SQL function, by name. */
@Serdeable
public record ${type}Item(@NotBlank String product, @Min(1) int quantity) {}
