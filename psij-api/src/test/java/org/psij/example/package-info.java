/** Stand-ins for classes of a user that a plug-in brings in another form. */
package org.psij.example;
