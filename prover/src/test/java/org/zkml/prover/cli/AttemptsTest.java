package org.zkml.prover.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.zkml.prover.vault.Vault;
import org.zkml.prover.vault.VaultException;

class AttemptsTest {

    private final Attempts attempts = new Attempts();
    private final List<String> done = new ArrayList<>();

    private static Runnable fails(ExitCode code, String message) {
        return () -> {
            throw new CommandException(code, message);
        };
    }

    @Test
    void doesEverythingAndTellsEveryFailureOnce() {
        assertFalse(attempts.run(fails(ExitCode.IO, "the server is gone")));
        assertTrue(attempts.run(() -> done.add("published")));
        attempts.run(fails(ExitCode.IO, "the server is gone"));
        attempts.run(() -> List.of().getFirst());
        attempts.run(() -> done.add("answered"));
        assertEquals(List.of("published", "answered"), done);
        final CommandException failure = assertThrows(CommandException.class, attempts::end);
        assertEquals(ExitCode.IO, failure.exitCode());
        assertTrue(failure.getMessage().startsWith("the server is gone; also: internal error"), failure.getMessage());
    }

    @Test
    void endsAsWhatTryingAgainCannotHelp() {
        attempts.run(fails(ExitCode.IO, "the server is gone"));
        attempts.run(fails(ExitCode.CONFLICT, "another vault"));
        final CommandException failure = assertThrows(CommandException.class, attempts::end);
        assertEquals(ExitCode.CONFLICT, failure.exitCode());
        assertEquals("another vault; also: the server is gone", failure.getMessage());
    }

    @Test
    void goesOnWithoutAFailure() {
        attempts.run(() -> done.add("published"));
        attempts.end();
    }

    @Test
    void doesNothingMoreOnceTheVaultFails() {
        assertThrows(
                VaultException.class,
                () -> attempts.run(
                        () -> Vault.open(Path.of("no such vault"), new char[0]).close()));
    }
}
