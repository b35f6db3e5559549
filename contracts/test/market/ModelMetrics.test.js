import { expect } from "chai";
import { keccak256 } from "ethers";
import { network } from "hardhat";
import { InferenceSale } from "../support/inference.js";
import { INFINITY, KIND, SHAPE } from "../support/market.js";

const { ethers, networkHelpers } = await network.getOrCreate();

/**
 * A finished campaign of two rounds, with three test sets: a stranger's, one of a provider who took a seat with another data set,
 * and one of an aggregator that is not the owner. A fourth data set is no test set.
 */
async function finished() {
  const market = await InferenceSale.deploy(ethers, { seed: "metrics" });
  const stranger = market.providers[7];
  market.sets = {
    independent: await market.register(stranger),
    seat: await market.register(market.providers[0]),
    aggregator: await market.register(market.helper),
  };
  const testSets = Object.values(market.sets);
  market.campaign = await market.finished({ rounds: 2, testSets });
  market.sets.other = await market.register(stranger);
  return market;
}

describe("ModelMetrics", () => {
  let market, metrics, campaigns, id, sets, prover;

  beforeEach(async () => {
    market = await networkHelpers.loadFixture(finished);
    ({ metrics, campaigns, sets, relayer: prover } = market);
    ({ campaignId: id } = market.campaign);
  });

  const refuses = (call, error, ...args) => {
    const check = expect(call).to.be.revertedWithCustomError(metrics, error);
    return args.length ? check.withArgs(...args) : check;
  };
  const prove = (call, sender = prover) => metrics.connect(sender).proveMetric(...call);
  const proveRate = (call, sender = prover) => metrics.connect(sender).proveBaseRate(...call);
  /** Proves base rates, so that metrics can follow. */
  const rate = async (...datasetIds) => {
    for (const datasetId of datasetIds) await proveRate(await market.baseRate(datasetId, 6, prover));
  };

  describe("proveMetric", () => {
    beforeEach(async () => rate(sets.independent, sets.other));

    it("tells of every averaged model how well it does, and counts", async () => {
      for (const [i, modelRound] of [1, 2].entries()) {
        const call = await market.metric(id, modelRound, sets.independent, prover);
        expect(await metrics.isProved(id, modelRound, sets.independent)).to.equal(false);
        await expect(prove(call))
          .to.emit(metrics, "MetricProved")
          .withArgs(id, modelRound, sets.independent, prover.address, 14n, 9n, 1234n, true, keccak256(call[5]));
        expect(await metrics.isProved(id, modelRound, sets.independent)).to.equal(true);
        expect(await metrics.metricsProved(id)).to.equal(BigInt(i + 1));
      }
    });

    it("calls independent only what the campaign named, and neither aggregator nor seat registered", async () => {
      const owners = await market.register(market.owner);
      await rate(sets.seat, sets.aggregator, owners, market.campaign.datasets[1]);
      const expected = { independent: true, seat: false, aggregator: false, other: false };
      for (const [name, datasetId] of Object.entries(sets)) {
        const call = await market.metric(id, 1, datasetId, prover);
        const args = [id, 1, datasetId, prover.address, 14n, 9n, 1234n, expected[name], keccak256(call[5])];
        await expect(prove(call), name)
          .to.emit(metrics, "MetricProved")
          .withArgs(...args);
      }
      const call = await market.metric(id, 1, owners, prover);
      await expect(prove(call))
        .to.emit(metrics, "MetricProved")
        .withArgs(id, 1, owners, prover.address, 14n, 9n, 1234n, false, keccak256(call[5]));
      const training = await market.metric(id, 1, market.campaign.datasets[1], prover);
      await prove(training);
      expect(await metrics.metricsProved(id)).to.equal(6n);
    });

    it("waits for the data set's base rate, without which hits say nothing", async () => {
      const call = await market.metric(id, 1, sets.seat, prover);
      await refuses(prove(call), "BaseRateMissing", sets.seat);
      await rate(sets.seat);
      await prove(call);
    });

    it("takes models of a campaign that still runs", async () => {
      const { campaignId, datasets } = await market.seated(4);
      const made = await market.contributions(campaignId, [0, 1, 2], datasets);
      await refuses(market.metric(campaignId, 1, sets.other, prover), "ModelUnknown", campaignId, 1n, 0n);
      await market.until(campaignId, "share");
      await market.close(campaignId, made);
      await prove(await market.metric(campaignId, 1, sets.other, prover));
    });

    it("happens once a model and data set", async () => {
      const call = await market.metric(id, 1, sets.independent, prover);
      await prove(call);
      await refuses(prove(call), "MetricAlreadyProved", id, 1n, sets.independent);
      const again = await market.metric(id, 1, sets.independent, market.owner, { hits: 14 });
      await refuses(prove(again, market.owner), "MetricAlreadyProved", id, 1n, sets.independent);
      await prove(await market.metric(id, 2, sets.independent, prover));
      await prove(await market.metric(id, 1, sets.other, prover));
    });

    it("belongs to the sender that it was proved for", async () => {
      const call = await market.metric(id, 1, sets.independent, prover);
      await refuses(prove(call, market.owner), "OpeningEquationFalse");
      await prove(call);
    });

    it("refuses other hits, another error, another model, campaign or data set than the one proved", async () => {
      const { campaignId: twin } = await market.finished({ testSets: [sets.independent] });
      const call = await market.metric(id, 1, sets.independent, prover);
      for (const [place, value] of [
        [0, twin],
        [1, 2],
        [2, sets.other],
        [3, 8],
        [4, 1235n],
        [4, 2n ** 128n - 1n],
      ]) {
        await refuses(prove(call.with(place, value)), "OpeningEquationFalse");
      }
      await refuses(prove(call.with(3, 15)), "StatementOutOfRange", ethers.encodeBytes32String("hits"), 15n, 0n, 14n);
      expect(await metrics.metricsProved(id)).to.equal(0n);
    });

    it("refuses the model that a campaign began with, models to come, and campaigns that there are not", async () => {
      for (const modelRound of [0, 3, 65_535]) {
        await refuses(prove([id, modelRound, sets.other, 0, 0n, "0x"]), "ModelUnknown", id, modelRound, 2n);
      }
      await refuses(prove([99n, 1, sets.other, 0, 0n, "0x"]), "CampaignUnknown", 99n);
    });

    it("refuses data sets that are unknown, retired or do not fit", async () => {
      const attempt = (datasetId) => prove([id, 1, datasetId, 0, 0n, "0x"]);
      await refuses(attempt(ethers.id("none")), "DatasetUnknown", ethers.id("none"));
      const provider = market.providers[8];
      for (const [field, change, actual, expected] of [
        ["schemaHash", { schemaHash: ethers.id("other") }, BigInt(ethers.id("other")), undefined],
        ["feat", { feat: 2 }, 2n, 3n],
        ["lk", { lk: 3 }, 3n, 2n],
        ["b", { b: 10 }, 10n, 8n],
      ]) {
        const unfit = await market.register(provider, change);
        const wanted = expected ?? BigInt((await campaigns.campaign(id)).schemaHash);
        await refuses(attempt(unfit), "DatasetUnfit", unfit, ethers.encodeBytes32String(field), actual, wanted);
      }
      await market.retire(market.providers[7], sets.other);
      await refuses(attempt(sets.other), "DatasetIsRetired", sets.other);
    });

    it("has a statement of stored values, and of what is claimed", async () => {
      const { cX, cY } = await market.registry.dataset(sets.other);
      const { model } = await campaigns.round(id, 2n);
      const statement = await metrics.metricStatement(id, 2, sets.other, prover, 5, 77n);
      expect(statement.toObject(true)).to.deep.equal({
        chainId: 31337n,
        registry: await metrics.getAddress(),
        prover: prover.address,
        taskId: id,
        round: 2n,
        ln: 4n,
        lk: 2n,
        b: 8n,
        fp: 6n,
        n: 14n,
        hits: 5n,
        squaredErrorSum: 77n,
        cTable: (await market.parameters.tableCommitment(KIND.Logistic, 8)).toObject(),
        cX: cX.toObject(),
        cY: cY.toObject(),
        cW: model.toObject(),
        tau2: (await market.parameters.tau2()).toObject(),
        xi2: (await market.parameters.xi2()).toObject(),
        regression: false,
      });
    });

    for (const kind of ["Linear", "Poisson"]) {
      it(`takes the squared error alone of a ${kind} model, by the relation's other form`, async () => {
        const { campaignId } = await market.finished({ terms: { kind: KIND[kind] } });
        // No classes, so no base rate.
        const datasetId = await market.register(market.providers[8]);
        const call = await market.metric(campaignId, 1, datasetId, prover, { hits: 0 });
        const statement = await metrics.metricStatement(campaignId, 1, datasetId, prover, 0, 1234n);
        expect([statement.regression, statement.fp]).to.deep.equal([true, 4n]);
        await refuses(prove(call.with(3, 1)), "StatementOutOfRange", ethers.encodeBytes32String("hits"), 1n, 0n, 0n);
        await expect(prove(call))
          .to.emit(metrics, "MetricProved")
          .withArgs(campaignId, 1, datasetId, prover.address, 14n, 0n, 1234n, false, keccak256(call[5]));
      });
    }
  });

  describe("proveBaseRate", () => {
    it("tells how many rows are of class 1", async () => {
      const call = await market.baseRate(sets.independent, 6, prover);
      expect(await metrics.isBaseRateProved(sets.independent)).to.equal(false);
      await expect(proveRate(call))
        .to.emit(metrics, "BaseRateProved")
        .withArgs(sets.independent, prover.address, 14n, 6n, keccak256(call[2]));
      expect(await metrics.isBaseRateProved(sets.independent)).to.equal(true);
      await refuses(proveRate(call), "BaseRateAlreadyProved", sets.independent);
    });

    it("is about the zero model, which predicts class 1 and one half for every row", async () => {
      // What section 5 of docs/proof-system.md makes of weights of zero, for every width.
      for (const b of [8n, 10n, 12n, 14n, 16n]) {
        const forward = (1n << (b - 1n)) >> b;
        const index = (forward + (1n << (2n * b - 1n)) + (1n << (b - 1n))) >> b;
        expect([forward, index]).to.deep.equal([0n, 1n << (b - 1n)]);
        const fp = b - 2n;
        const prediction = BigInt(Math.floor(2 ** Number(fp) / (1 + Math.exp(-0)) + 0.5));
        const error = prediction ** 2n;
        expect([(prediction - (1n << fp)) ** 2n, error]).to.deep.equal([error, 1n << (2n * fp - 2n)]);
      }
      const statement = (await metrics.baseRateStatement(sets.other, prover, 6)).toObject(true);
      const { taskId, round, hits, squaredErrorSum, cW, n, fp, regression } = statement;
      expect({ taskId, round, hits, squaredErrorSum, cW, n, fp, regression }).to.deep.equal({
        taskId: 0n,
        round: 0n,
        hits: 6n,
        squaredErrorSum: 14n << 10n,
        cW: INFINITY,
        n: 14n,
        fp: 6n,
        regression: false,
      });
      expect([statement.registry, statement.prover]).to.deep.equal([await metrics.getAddress(), prover.address]);
    });

    it("is known of data sets of any shape, whether a campaign takes them or not", async () => {
      const datasetId = await market.register(market.providers[8], { ...SHAPE, lk: 1, feat: 2, b: 10, n: 16 });
      await proveRate(await market.baseRate(datasetId, 16, prover));
    });

    it("refuses another number, sender or data set than the one proved", async () => {
      const call = await market.baseRate(sets.independent, 6, prover);
      await refuses(proveRate(call.with(1, 7)), "OpeningEquationFalse");
      await refuses(proveRate(call.with(0, sets.other)), "OpeningEquationFalse");
      await refuses(proveRate(call, market.owner), "OpeningEquationFalse");
      await refuses(
        proveRate(call.with(1, 15)),
        "StatementOutOfRange",
        ethers.encodeBytes32String("hits"),
        15n,
        0n,
        14n,
      );
      await proveRate(call);
    });

    it("refuses data sets that are unknown or retired", async () => {
      await refuses(proveRate([ethers.id("none"), 1, "0x"]), "DatasetUnknown", ethers.id("none"));
      await market.retire(market.providers[7], sets.other);
      await refuses(proveRate([sets.other, 1, "0x"]), "DatasetIsRetired", sets.other);
    });

    it("refuses data sets that fit the setup, where the table of their width does not", async () => {
      const small = await InferenceSale.deploy(ethers, { seed: "small setup", setupLog2: 10 });
      const datasetId = await small.register(small.providers[0], { b: 10 });
      const call = small.metrics.proveBaseRate(datasetId, 6, "0x");
      await expect(call).to.be.revertedWithCustomError(metrics, "ShapeBeyondSetup").withArgs(11n, 10n);
    });

    it("is no metric of a model, nor the other way round", async () => {
      const metric = await market.metric(id, 1, sets.independent, prover, { squaredErrorSum: 14n << 10n });
      await refuses(proveRate([sets.independent, 9, metric[5]]), "OpeningEquationFalse");
      const call = await market.baseRate(sets.independent, 9, prover);
      await proveRate(call);
      await refuses(prove([id, 1, sets.independent, 9, 14n << 10n, call[2]]), "OpeningEquationFalse");
    });
  });

  it("knows its surroundings", async () => {
    expect(await metrics.campaigns()).to.equal(await campaigns.getAddress());
    expect(await metrics.verifier()).to.equal(await market.evaluationVerifier.getAddress());
  });
});
