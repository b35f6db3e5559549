package org.zkml.backend.chain.index;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** The hash that a block had when it was read. */
@Entity
@Table(name = "indexed_block")
public class IndexedBlock extends PanacheEntityBase {

    @Id
    @Column(name = "block_number")
    public long number;

    @Column(name = "block_hash")
    public String hash;
}
