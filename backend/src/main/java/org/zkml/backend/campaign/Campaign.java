package org.zkml.backend.campaign;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.zkml.backend.chain.index.ChainPosition;

/** A campaign, as the chain has it. */
@Entity
public class Campaign extends PanacheEntityBase {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Id
    @Column(precision = 78, scale = 0)
    public BigInteger id;

    public String owner;

    @Column(name = "schema_hash")
    public String schemaHash;

    /** Merkle root; zero where anybody may join. */
    @Column(name = "allow_list")
    public String allowList;

    @Column(length = 4000)
    public String terms;

    /** Number of the model's kind, as in the terms. */
    public int kind;

    /** Commitment to the model of round 0, a point of G1 as a JSON object. */
    @Column(name = "first_model")
    public String firstModel;

    /** Commitment to the latest model: what the present round starts from, and what is left at the end. */
    public String model;

    /** JSON array of accounts with their encryption keys. */
    @Column(length = 40_000)
    public String aggregators;

    /** JSON array of data sets' ids. */
    @Column(name = "test_sets", length = 1000)
    public String testSets;

    @Column(name = "budget_reserved", precision = 78, scale = 0)
    public BigInteger budgetReserved;

    /** {@code FINISHED}, {@code CANCELLED} or null. */
    public String ended;

    /** Present round, from 0: as many were averaged. */
    public int round;

    /** Time of the pausable clock at which the round begins. */
    @Column(name = "round_begins")
    public long roundBegins;

    public int seats;

    @Embedded
    public ChainPosition position;

    @Column(name = "opened_at")
    public Instant openedAt;

    public static Optional<Campaign> of(BigInteger id) {
        return findByIdOptional(id);
    }

    /** Whether governance granted its owner what it can mint: others anybody can open. */
    public boolean isGranted() {
        return budgetReserved.signum() > 0;
    }

    /** The same of a campaign that may not be known here yet. Part of the caller's transaction. */
    public static boolean isGranted(BigInteger id) {
        return of(id).filter(Campaign::isGranted).isPresent();
    }

    public CampaignTerms terms() {
        return CampaignTerms.parse(terms);
    }

    /** The aggregators' accounts, in the order of their shares. */
    public List<String> aggregatorAccounts() {
        final List<String> accounts = new ArrayList<>();
        try {
            MAPPER.readTree(aggregators)
                    .forEach(
                            aggregator -> accounts.add(aggregator.get("account").asText()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("stored aggregators are malformed", e);
        }
        return accounts;
    }

    /** The state at a time of the pausable clock, as the contract says it. */
    public CampaignState state(long clock) {
        if (ended != null) {
            return CampaignState.valueOf(ended);
        }
        return clock >= roundBegins && seats >= terms().minProviders() ? CampaignState.RUNNING : CampaignState.OPEN;
    }
}
