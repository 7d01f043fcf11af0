/** Function {@code transform}: one item in, the same item reshaped out. Read {@code TransformHandler} first. */
package dev.pglambda.transform;
