/** Function {@code transform}: takes one item and returns it transformed. Read {@code TransformHandler} first. */
package dev.pglambda.transform;
