/** From a CSV file to the integers that are committed: schema, scaling, categories, and messages that say what is wrong in the file. */
package org.zkml.prover.data;
