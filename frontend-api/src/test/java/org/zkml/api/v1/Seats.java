package org.zkml.api.v1;

import static org.zkml.api.v1.Api.CAMPAIGNS;
import static org.zkml.api.v1.Api.DATASETS;
import static org.zkml.api.v1.Api.post;

import java.math.BigInteger;
import java.util.List;
import org.zkml.api.Await;
import org.zkml.backend.campaign.AllowList;
import org.zkml.backend.market.TestMarket;
import org.zkml.backend.market.TestProvider;

/** Seats that providers get through the API. */
final class Seats {

    private Seats() {}

    /** Registers all data sets, then takes all seats: those of one step at the same time. */
    static void take(List<TestProvider> providers, BigInteger campaign) {
        providers.stream()
                .map(provider -> post(DATASETS, Requests.of(provider.registration())))
                .toList()
                .forEach(Await::relayed);
        final AllowList allowList = TestMarket.allowList(providers);
        providers.stream()
                .map(provider -> post(
                        CAMPAIGNS + "/" + campaign + "/seats",
                        Requests.of(provider.address(), provider.joining(campaign, allowList))))
                .toList()
                .forEach(Await::relayed);
    }
}
