/**
 * What the tests of the bundle share: a server with the bundle installed, sessions, and functions that answer as a test
 * says. Read {@link dev.pglambda.bundle.kit.BundleServer} first. Depends on no test.
 */
package dev.pglambda.bundle.kit;
