/** The resources of version 1 and what they answer. */
package org.zkml.api.v1;
