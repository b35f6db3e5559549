package org.zkml.backend.contribution;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigInteger;
import java.util.Optional;

/** What was sent with a contribution beside what the contract gets. */
@Entity
@Table(name = "contribution_submission")
public class ContributionSubmission extends PanacheEntityBase {

    /** The contribution's. */
    @Id
    public String id;

    /** keccak of the statement's encoding: the proof is about exactly that. */
    @Column(name = "statement_hash")
    public String statementHash;

    @Column(name = "campaign_id", precision = 78, scale = 0)
    public BigInteger campaignId;

    public int round;
    public String provider;

    @Column(name = "dataset_id")
    public String datasetId;

    @Column(name = "proof_bytes")
    public int proofBytes;

    /** {@link Report} as JSON, or null. */
    @Column(length = 1000)
    public String report;

    static Optional<ContributionSubmission> of(String id) {
        return findByIdOptional(id);
    }
}
