/** What client and peer say to each other beside the traffic itself: greeting, proof of the token, requests and replies. */
@NullMarked
package dev.tare.net.control;

import org.jspecify.annotations.NullMarked;
