/**
 * The VPC and who may connect to whom in it.
 *
 * <p>Read {@link dev.pglambda.infra.network.Network} first.
 */
package dev.pglambda.infra.network;
