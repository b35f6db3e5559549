package org.zkml.prover.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.zkml.prover.vault.VaultException;

/** Several things to do, of which none that fails keeps the others from being done. */
final class Attempts {

    private final List<CommandException> failures = new ArrayList<>();

    /** Does a part; its failure is kept. A vault that cannot be written ends everything: what may leave depends on it. @return whether it was done */
    boolean run(Runnable part) {
        try {
            part.run();
            return true;
        } catch (VaultException e) {
            throw e;
        } catch (RuntimeException e) {
            failures.add(Failures.of(e));
            return false;
        }
    }

    /** @throws CommandException with all that failed, if anything did; with the exit code of one that trying again cannot help, if there is one */
    void end() {
        if (failures.isEmpty()) {
            return;
        }
        final CommandException worst = failures.stream()
                .filter(failure -> !RoundLoop.isPassing(failure))
                .findFirst()
                .orElse(failures.getFirst());
        failures.remove(worst);
        failures.addFirst(worst);
        final CommandException all = new CommandException(
                worst.exitCode(),
                failures.stream().map(Throwable::getMessage).distinct().collect(Collectors.joining("; also: ")),
                worst);
        failures.stream().skip(1).forEach(all::addSuppressed);
        throw all;
    }
}
