import { expect } from "chai";
import { network } from "hardhat";
import { InferenceSale } from "../support/inference.js";
import { INFINITY, Market } from "../support/market.js";

const { ethers, networkHelpers } = await network.getOrCreate();

/** A function's selector, then its head: words of 32 bytes. */
const SELECTOR_BYTES = 4;
const WIDTH_BITS = { bool: 8, address: 160, uint8: 8, uint16: 16, uint32: 32, uint64: 64, uint128: 128 };

async function prepared() {
  const market = await Market.deploy(ethers);
  market.campaign = await market.seated(2);
  await market.grant(10n ** 9n);
  return market;
}

async function onSale() {
  const sale = await InferenceSale.deploy(ethers);
  sale.campaign = await sale.finished();
  sale.modelId = sale.campaign.campaignId;
  await sale.fund(sale.modelId);
  await sale.list(sale.modelId);
  return sale;
}

/** `data` with a bit set in `word` of the head, above the `bits` that the type has; `from` is where the words count from. */
function dirty(data, word, bits, from = SELECTOR_BYTES) {
  const bytes = ethers.getBytes(data);
  const at = from + 32 * word + 31 - bits / 8;
  bytes[at] |= 1;
  return ethers.hexlify(bytes);
}

/** Where the tail of the head's word `argument` begins. */
const tail = (data, argument) =>
  SELECTOR_BYTES + Number(ethers.dataSlice(data, SELECTOR_BYTES + 32 * argument, SELECTOR_BYTES + 32 * argument + 32));

/** Parameters, or members of a static struct among them, that are narrower than a word: [name, word, bits]. */
function narrow(contract, name, argument) {
  const { inputs } = contract.interface.getFunction(name);
  const members =
    argument === undefined ? inputs : (inputs[argument].components ?? inputs[argument].arrayChildren.components);
  return members.map((member, word) => [member.name, word, WIDTH_BITS[member.type]]).filter(([, , bits]) => bits);
}

/** @param start of the data, gives where the words of `members` count from; the begin of the head if left out */
async function refusesEvery(sender, contract, name, args, members, start = () => SELECTOR_BYTES) {
  const { data } = await contract[name].populateTransaction(...args);
  const to = await contract.getAddress();
  for (const [member, word, bits] of members) {
    const call = sender.call({ to, data: dirty(data, word, bits, start(data)) });
    await expect(call, member).to.be.revertedWithoutReason(ethers);
  }
  await sender.call({ to, data });
}

// What is signed, stored and proved has one spelling: the decoder refuses bits that it would otherwise cut off.
describe("calldata with bits above a narrow type", () => {
  let market, campaigns, registry;

  beforeEach(async () => {
    market = await networkHelpers.loadFixture(prepared);
    ({ campaigns, registry } = market);
  });

  it("is refused in every member of a campaign's terms", async () => {
    const members = narrow(campaigns, "open", 0);
    expect(members.map(([name]) => name)).to.include.members(["rowCap", "rounds", "b", "openToAll", "rewardPerRow"]);
    await refusesEvery(market.owner, campaigns, "open", await market.opening({}, INFINITY), members);
  });

  it("is refused in every member of a data set's claim", async () => {
    const { claim, proof } = await market.claim(market.providers[5]);
    const authorization = await market.signRegister(market.providers[5], { claim, proof });
    const members = narrow(registry, "register", 0);
    expect(members.map(([name]) => name)).to.deep.equal(["provider", "ln", "lk", "b", "n", "feat"]);
    await refusesEvery(market.relayer, registry, "register", [claim, proof, authorization], members);
  });

  it("is refused in the row cap of a join", async () => {
    const provider = market.providers[3];
    const args = await market.joining(market.campaign.campaignId, provider, await market.register(provider), 12);
    const members = narrow(campaigns, "join", 0);
    expect(members.map(([name]) => name)).to.deep.equal(["rowCap"]);
    await refusesEvery(market.relayer, campaigns, "join", args, members, (data) => tail(data, 0));
  });

  describe("of the sale", () => {
    let sale, inference, modelId;

    beforeEach(async () => {
      sale = await networkHelpers.loadFixture(onSale);
      ({ inference, modelId } = sale);
    });

    it("is refused in every tier that is listed", async () => {
      const members = narrow(inference, "list", 3);
      expect(members.map(([name]) => name)).to.deep.equal(["queries", "termSeconds", "price"]);
      const tiers = Array(2).fill({ queries: 1, termSeconds: 1, price: 2n ** 100n });
      // behind the length, the second tier
      const second = (data) => tail(data, 3) + 32 * (1 + members.length);
      await refusesEvery(sale.owner, inference, "list", [modelId, sale.seller, "", tiers], members, second);
    });

    it("is refused in a purchase and its permit", async () => {
      await sale.payment.connect(sale.buyer).approve(inference, 10n ** 9n);
      const args = await sale.buying(modelId);
      expect(narrow(inference, "buyPass").map(([name]) => name)).to.deep.equal(["sessionKey"]);
      await refusesEvery(sale.buyer, inference, "buyPass", args, narrow(inference, "buyPass"));
      const permit = await sale.permit(sale.buyer, 101n);
      const members = narrow(inference, "buyPass", 4);
      expect(members.map(([name]) => name)).to.deep.equal(["v"]);
      // the permit is the last argument, in the head
      const last = () => SELECTOR_BYTES + 32 * 4;
      await refusesEvery(sale.buyer, inference, "buyPass", args.with(4, permit), members, last);
    });

    it("is refused in the count that is redeemed, and in whom a claim pays", async () => {
      const passId = await sale.buy(modelId);
      const members = narrow(inference, "redeem");
      expect(members.map(([name]) => name)).to.deep.equal(["count"]);
      await refusesEvery(sale.relayer, inference, "redeem", await sale.redeeming(passId, 3), members);
      await sale.redeem(passId, 3);
      const args = [modelId, sale.owner];
      await refusesEvery(sale.relayer, inference, "claim", args, narrow(inference, "claim"));
    });

    it("is refused in a receipt and in an answer", async () => {
      const passId = await sale.buy(modelId);
      const receipt = [modelId, passId, 1, ethers.ZeroHash, 1, 0, INFINITY, INFINITY, 1n];
      const members = narrow(inference, "receiptDigest", 0);
      expect(members.map(([name]) => name)).to.deep.equal(["count", "version", "lq"]);
      await refusesEvery(sale.relayer, inference, "receiptDigest", [receipt], members);
      const answer = [passId, ethers.ZeroHash, 1, INFINITY, INFINITY];
      await refusesEvery(sale.relayer, inference, "inferStatement", answer, narrow(inference, "inferStatement"));
    });

    it("is refused in a metric and a base rate", async () => {
      const { metrics, relayer, campaign } = sale;
      const args = [modelId, 1, campaign.datasets[0], relayer, 3, 9n];
      const members = narrow(metrics, "metricStatement");
      const names = members.map(([name]) => name);
      expect(names).to.deep.equal(["modelRound", "prover", "hits", "squaredErrorSum"]);
      await refusesEvery(relayer, metrics, "metricStatement", args, members);
      const rate = [campaign.datasets[0], relayer, 3];
      await refusesEvery(relayer, metrics, "baseRateStatement", rate, narrow(metrics, "baseRateStatement"));
    });
  });

  describe("about shares and rounds", () => {
    let id, made, ends;
    // heads: campaignId, round, provider, ..; bytes and arrays by their offsets, of which nothing above 2^64 is read
    const PROVIDER = ["provider", 2, 160];

    beforeEach(async () => {
      const { campaignId, datasets } = await market.seated(3, { maxProviders: 3 });
      id = campaignId;
      made = await market.contributions(id, [0, 1, 2], datasets);
      ends = await campaigns.deadlines(id);
    });

    const refuses = (name, args, members) => refusesEvery(market.relayer, campaigns, name, args, members);
    const dispute = () => market.dispute(made[0], 1, market.helper);

    it("is refused where a share is published", () =>
      refuses(
        "publishShare",
        [id, 0n, made[0].provider, 1n, "0x12", "0x34"],
        [PROVIDER, ["envelope", 4, 64], ["signature", 5, 64]],
      ));

    it("is refused in a dispute", async () => {
      await networkHelpers.time.increaseTo(ends.dispute);
      await refuses("disputeShare", await dispute(), [PROVIDER, ["authorization", 4, 64]]);
    });

    it("is refused in an answer", async () => {
      await networkHelpers.time.increaseTo(ends.dispute);
      await campaigns.connect(market.relayer).disputeShare(...(await dispute()));
      const members = [PROVIDER, ["commitments", 3, 64], ["opening", 4, 64]];
      await refuses("revealShare", await market.answer(made[0], 1), members);
    });

    it("is refused in an exclusion", async () => {
      await networkHelpers.time.increaseTo(ends.dispute);
      await campaigns.connect(market.relayer).disputeShare(...(await dispute()));
      await networkHelpers.time.increaseTo(ends.answer);
      await refuses("exclude", [id, 0n, made[0].provider, made[0].commitments], [PROVIDER, ["commitments", 3, 64]]);
    });

    it("is refused where a round is closed", async () => {
      await networkHelpers.time.increaseTo(ends.share);
      const members = [
        ["proof", 4, 64],
        ["signatures", 5, 64],
      ];
      await refuses("closeRound", await market.closing(id, made), members);
    });
  });
});
