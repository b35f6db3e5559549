package org.zkml.backend.model;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.zkml.backend.database.PostgresqlProfile;

@QuarkusTest
@TestProfile(PostgresqlProfile.class)
class PostgresqlModelSearchTest extends ModelSearchTest {}
