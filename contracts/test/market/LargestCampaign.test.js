import { expect } from "chai";
import { network } from "hardhat";
import { Market, STATE } from "../support/market.js";

const { ethers, networkHelpers } = await network.getOrCreate();
const { time } = networkHelpers;

/** Features 2^11 and aggregators 8 are the most; rows are what the setup of 2^20 leaves room for. */
const SHAPE = { ln: 9, lk: 11, b: 16, n: 512, feat: 2048 };
const TERMS = { lk: 11, lb: 0, lt: 6, steps: 64, b: 16, feat: 2048, rowCap: 512, rateNumerator: 3, rounds: 1 };

/** What nodes take of one transaction, and what is left of it for all but the data. */
const TRANSACTION_BYTES = 128 * 1024;
const ENVELOPE_OF_TRANSACTION_BYTES = 512;

/** Most that a step may cost: what docs/contracts.md says, rounded up. */
const HIGHEST_GAS = {
  open: 1_300_000n,
  "contribute (first of a round)": 1_400_000n,
  contribute: 1_100_000n,
  publishShare: 2_900_000n,
  disputeShare: 120_000n,
  revealShare: 3_200_000n,
  exclude: 260_000n,
  closeRound: 800_000n,
};

describe("the largest campaign", () => {
  const spent = {};

  /** Sends a step and notes its gas. */
  const send = async (step, transaction) => {
    const sent = await transaction;
    expect(ethers.dataLength(sent.data), step).to.be.below(TRANSACTION_BYTES - ENVELOPE_OF_TRANSACTION_BYTES);
    spent[step] = (await sent.wait()).gasUsed;
  };

  it("has no step that does not fit a transaction", async () => {
    const market = await Market.deploy(ethers);
    const { campaigns } = market;
    const anybody = campaigns.connect(market.relayer);
    const helpers = [market.helper, ...market.providers.slice(6, 12)];
    const aggregators = [market.owner, ...helpers];
    const seats = market.providers.slice(0, 4);
    const { campaignId: id, datasets } = await market.seated(4, TERMS, SHAPE, helpers);
    await market.grant(10n ** 30n);
    const opening = await market.opening({ ...TERMS, allowList: market.allowList.root }, undefined, [], helpers);
    await send("open", campaigns.connect(market.owner).open(...opening));

    const made = [];
    for (const [i, seat] of seats.entries()) {
      made.push(await market.contribution(id, seat, datasets[i], { shares: 7 }));
      await send(`contribute${i ? "" : " (first of a round)"}`, anybody.contribute(...made[i].call));
    }
    const bytes = (count) => "0x" + "ab".repeat(count);
    const share = [id, 0n, made[0].provider, 7n, bytes(32 * (2048 + 1) + 1200), bytes(4096)];
    await send("publishShare", anybody.publishShare(...share));

    const ends = await campaigns.deadlines(id);
    await time.increaseTo(ends.dispute);
    const about = [0, 1].map((i) => market.dispute(made[i], 7, aggregators[7], { nonce: BigInt(i + 1) << 64n }));
    for (const dispute of await Promise.all(about)) await send("disputeShare", anybody.disputeShare(...dispute));
    await send("revealShare", anybody.revealShare(...(await market.answer(made[0], 7))));
    await time.increaseTo(ends.answer);
    await send("exclude", anybody.exclude(id, 0n, made[1].provider, made[1].commitments));
    const left = [0, 2, 3].map((i) => made[i]);
    await send("closeRound", market.close(id, left, { signers: aggregators }));
    expect(await campaigns.state(id)).to.equal(STATE.Finished);

    for (const [step, gas] of Object.entries(spent)) expect(gas, step).to.be.at.most(HIGHEST_GAS[step]);
    expect(Object.keys(spent)).to.have.members(Object.keys(HIGHEST_GAS));
  });
});
