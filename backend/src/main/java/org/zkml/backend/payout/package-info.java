/** Rewards: minted into escrow, released when their round is over, claimed. */
package org.zkml.backend.payout;
