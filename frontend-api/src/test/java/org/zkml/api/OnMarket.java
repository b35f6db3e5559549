package org.zkml.api;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.zkml.backend.market.MarketResource;

/** A test of the running server on a real chain: relayer and indexer work by themselves. */
@WithTestResource(
        value = MarketResource.class,
        scope = TestResourceScope.GLOBAL,
        initArgs = @ResourceArg(name = "scheduled", value = "100ms"))
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface OnMarket {}
