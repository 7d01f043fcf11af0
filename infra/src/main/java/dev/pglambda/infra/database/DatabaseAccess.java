package dev.pglambda.infra.database;

import software.amazon.awscdk.services.ec2.ISecurityGroup;
import software.amazon.awscdk.services.ec2.IVpc;
import software.amazon.awscdk.services.ec2.SubnetSelection;
import software.amazon.awscdk.services.lambda.ILayerVersion;
import software.amazon.awscdk.services.secretsmanager.ISecret;

/**
 * What a function with a database has, and no other function.
 *
 * @param secret the one secret that it may read
 */
public record DatabaseAccess(
        IVpc vpc,
        SubnetSelection subnets,
        ISecurityGroup securityGroup,
        ILayerVersion layer,
        ISecret secret,
        DatabaseEnvironment environment) {}
