package dev.pglambda.infra.network;

import software.amazon.awscdk.services.ec2.ISecurityGroup;
import software.amazon.awscdk.services.ec2.IVpc;
import software.amazon.awscdk.services.ec2.SubnetSelection;

/**
 * Where the database and the functions that connect to it run.
 *
 * @param securityGroup the database's own
 * @param createEndpoints whether the VPC is to get endpoints of Lambda and Secrets Manager
 */
public record NetworkPlace(IVpc vpc, SubnetSelection subnets, ISecurityGroup securityGroup, boolean createEndpoints) {}
