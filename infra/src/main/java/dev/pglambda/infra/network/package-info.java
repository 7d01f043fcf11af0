/**
 * The VPC and the rules of its security groups and endpoints.
 *
 * <p>Read {@link dev.pglambda.infra.network.Network} first.
 */
package dev.pglambda.infra.network;
