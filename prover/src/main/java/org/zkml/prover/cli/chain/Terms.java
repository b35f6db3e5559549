package org.zkml.prover.cli.chain;

import java.math.BigInteger;
import org.zkml.prover.cli.Authorization;
import org.zkml.prover.cli.CampaignTerms;
import org.zkml.prover.cli.CommandException;
import org.zkml.prover.cli.ExitCode;
import org.zkml.prover.cli.chain.contract.DatasetRegistry;
import org.zkml.prover.cli.chain.contract.TrainingCampaigns;
import org.zkml.prover.fixedpoint.Fraction;
import org.zkml.prover.fixedpoint.ModelKind;

/** Campaigns' terms and authorizations in the forms of the wrappers. */
final class Terms {

    private Terms() {}

    static CampaignTerms read(TrainingCampaigns.CampaignTerms terms) {
        return new CampaignTerms(
                terms.schemaHash,
                terms.allowList,
                new Fraction(terms.rateNumerator, terms.rateDenominator),
                new Fraction(terms.decayNumerator, terms.decayDenominator),
                terms.feat.longValueExact(),
                terms.steps.intValueExact(),
                terms.rowCap.longValueExact(),
                terms.rounds.intValueExact(),
                terms.minProviders.intValueExact(),
                terms.maxProviders.intValueExact(),
                terms.ownerShareBasisPoints.intValueExact(),
                terms.lk.intValueExact(),
                terms.lb.intValueExact(),
                terms.lt.intValueExact(),
                terms.b.intValueExact(),
                ModelKind.values()[terms.kind.intValueExact()],
                terms.openToAll,
                new CampaignTerms.Windows(
                        terms.joinSeconds.longValueExact(),
                        terms.contributionSeconds.longValueExact(),
                        terms.shareSeconds.longValueExact(),
                        terms.answerSeconds.longValueExact(),
                        terms.aggregationSeconds.longValueExact()),
                terms.rewardPerRow,
                terms.floorPricePerQuery);
    }

    static TrainingCampaigns.CampaignTerms write(CampaignTerms terms) {
        return new TrainingCampaigns.CampaignTerms(
                terms.schemaHash(),
                terms.allowList(),
                word64("rate", terms.rate().num()),
                word64("rate", terms.rate().den()),
                word64("decay", terms.decay().num()),
                word64("decay", terms.decay().den()),
                BigInteger.valueOf(terms.feat()),
                BigInteger.valueOf(terms.steps()),
                BigInteger.valueOf(terms.rowCap()),
                BigInteger.valueOf(terms.windows().contribution()),
                BigInteger.valueOf(terms.rounds()),
                BigInteger.valueOf(terms.minProviders()),
                BigInteger.valueOf(terms.maxProviders()),
                BigInteger.valueOf(terms.ownerShareBasisPoints()),
                BigInteger.valueOf(terms.lk()),
                BigInteger.valueOf(terms.lb()),
                BigInteger.valueOf(terms.lt()),
                BigInteger.valueOf(terms.b()),
                BigInteger.valueOf(terms.kind().ordinal()),
                terms.openToAll(),
                BigInteger.valueOf(terms.windows().join()),
                BigInteger.valueOf(terms.windows().share()),
                BigInteger.valueOf(terms.windows().answer()),
                BigInteger.valueOf(terms.windows().aggregation()),
                terms.rewardPerRow(),
                terms.floorPricePerQuery());
    }

    private static BigInteger word64(String name, BigInteger value) {
        if (value.bitLength() > 64) {
            throw new CommandException(
                    ExitCode.BAD_INPUT,
                    name + ": numerator and denominator must be below 2^64, found " + value + "; round it");
        }
        return value;
    }

    static TrainingCampaigns.Authorization authorization(Authorization authorization) {
        return new TrainingCampaigns.Authorization(
                authorization.nonce(), authorization.deadline(), authorization.signature());
    }

    static DatasetRegistry.Authorization registration(Authorization authorization) {
        return new DatasetRegistry.Authorization(
                authorization.nonce(), authorization.deadline(), authorization.signature());
    }
}
