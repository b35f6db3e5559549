package org.zkml.api.v1;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.zkml.backend.database.PostgresqlProfile;

@QuarkusTest
@TestProfile(PostgresqlProfile.class)
class PostgresqlSaleFlowTest extends SaleFlowTest {}
