/**
 * What every operation has in common, tried on each that the OpenAPI document describes: an
 * operation or a parameter that is new is tried without anyone thinking of it.
 */
@NullMarked
package dev.userservice.contract;

import org.jspecify.annotations.NullMarked;
