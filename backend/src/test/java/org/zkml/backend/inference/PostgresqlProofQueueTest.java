package org.zkml.backend.inference;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.zkml.backend.database.PostgresqlProfile;

@QuarkusTest
@TestProfile(PostgresqlProfile.class)
class PostgresqlProofQueueTest extends ProofQueueTest {}
