package org.zkml.backend.campaign;

/** Open: seats are taken. Running: rounds. Finished: there is an averaged model. Cancelled: there is none. */
public enum CampaignState {
    OPEN,
    RUNNING,
    FINISHED,
    CANCELLED
}
