'use strict';
// In the place of the package object-inspect, of which side-channel shows a key in an error message.

module.exports = String;
