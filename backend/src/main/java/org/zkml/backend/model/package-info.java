/** Models of finished campaigns: listings, proved metrics and where they come from. Commitments only. */
package org.zkml.backend.model;
