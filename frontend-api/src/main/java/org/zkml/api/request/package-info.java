/** Request bodies and parameters: their form is checked here, field by field; what they mean is for the services. */
package org.zkml.api.request;
