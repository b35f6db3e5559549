import { expect } from "chai";
import { network } from "hardhat";
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

/** The members of a static struct that are narrower than a word: [name, word, bits]. */
function narrow(contract, name, argument) {
  const members = contract.interface.getFunction(name).inputs[argument].components;
  return members.map((member, word) => [member.name, word, WIDTH_BITS[member.type]]).filter(([, , bits]) => bits);
}

// What is signed, stored and proved has one spelling: the decoder refuses bits that it would otherwise cut off.
describe("calldata with bits above a narrow type", () => {
  let market, campaigns, registry;

  beforeEach(async () => {
    market = await networkHelpers.loadFixture(prepared);
    ({ campaigns, registry } = market);
  });

  async function refusesEvery(sender, contract, name, args, members, from) {
    const { data } = await contract[name].populateTransaction(...args);
    const to = await contract.getAddress();
    const start = from === undefined ? SELECTOR_BYTES : tail(data, from);
    for (const [member, word, bits] of members) {
      const call = sender.call({ to, data: dirty(data, word, bits, start) });
      await expect(call, member).to.be.revertedWithoutReason(ethers);
    }
    await sender.call({ to, data });
  }

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
    await refusesEvery(market.relayer, campaigns, "join", args, members, 0);
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
