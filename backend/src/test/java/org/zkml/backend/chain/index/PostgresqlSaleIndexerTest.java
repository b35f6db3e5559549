package org.zkml.backend.chain.index;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.zkml.backend.database.PostgresqlProfile;

@QuarkusTest
@TestProfile(PostgresqlProfile.class)
class PostgresqlSaleIndexerTest extends SaleIndexerTest {}
