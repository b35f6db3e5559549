/** The relations: statements, descriptions for the engine, and witnesses (docs/proof-system.md, sections 6 and 7). */
package org.zkml.prover.relation;
