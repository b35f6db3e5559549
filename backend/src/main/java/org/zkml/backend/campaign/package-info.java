/** Campaigns and their seats: relayed joining, and what the chain says about them. */
package org.zkml.backend.campaign;
