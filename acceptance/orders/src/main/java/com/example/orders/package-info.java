/** A function in a package that is not the library's, with the libraries that applications of Micronaut use. */
package com.example.orders;
