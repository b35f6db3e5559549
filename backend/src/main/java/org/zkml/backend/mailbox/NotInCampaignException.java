package org.zkml.backend.mailbox;

import java.math.BigInteger;
import java.util.Locale;
import org.zkml.backend.campaign.CampaignState;
import org.zkml.prover.envelope.MessageKind;

/** An account has no such part in the campaign as the message needs, as far as the server has read the chain. */
public final class NotInCampaignException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final String CURE = "; if that changed just now, try again in some seconds";

    private NotInCampaignException(String message) {
        super(message);
    }

    static NotInCampaignException stranger(String account, BigInteger campaignId) {
        return new NotInCampaignException(
                account + " has no seat in campaign " + campaignId + " and is none of its aggregators" + CURE);
    }

    static NotInCampaignException part(String account, String wanted, MessageKind kind, BigInteger campaignId) {
        return new NotInCampaignException("a message of kind " + kind.id() + " needs " + wanted + ", and " + account
                + " is none of campaign " + campaignId + CURE);
    }

    static NotInCampaignException toItself(String account) {
        return new NotInCampaignException(account + " would send a message to itself; keep it instead");
    }

    static NotInCampaignException anotherRound(MessageKind kind, int round, int present, BigInteger campaignId) {
        return new NotInCampaignException("a message of kind " + kind.id() + " for round " + round
                + " would come too early or too late: the present round of campaign " + campaignId + " is " + present
                + CURE);
    }

    static NotInCampaignException notRunning(MessageKind kind, CampaignState state, BigInteger campaignId) {
        return new NotInCampaignException("a message of kind " + kind.id() + " helps nobody: campaign " + campaignId
                + " is " + state.name().toLowerCase(Locale.ROOT) + CURE);
    }

    static NotInCampaignException noSuchRound(int round, int rounds, BigInteger campaignId) {
        return new NotInCampaignException(
                "campaign " + campaignId + " has the rounds 0 to " + (rounds - 1) + ", and no round " + round);
    }
}
