package org.zkml.backend.model;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.zkml.backend.chain.index.ChainPosition;

/** How many rows of a data set are of class 1, as proved: without it hits say little. */
@Entity
@Table(name = "base_rate")
public class BaseRate extends PanacheEntityBase {

    @Id
    @Column(name = "dataset_id")
    public String datasetId;

    public String prover;

    /** Of the data set. */
    @Column(name = "evaluated_rows")
    public long rows;

    /** Rows of class 1. */
    public long positives;

    @Column(name = "proof_hash")
    public String proofHash;

    @Embedded
    public ChainPosition position;

    @Column(name = "proved_at")
    public Instant provedAt;

    /** By data set; those that were proved. */
    static Map<String, BaseRate> of(Collection<String> datasetIds) {
        return BaseRate.<BaseRate>list("datasetId in ?1", datasetIds).stream()
                .collect(Collectors.toMap(rate -> rate.datasetId, Function.identity()));
    }
}
