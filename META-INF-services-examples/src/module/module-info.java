/** The plug-ins that need only the API as a named module; {@code META-INF/services} is then not looked at. */
module org.example.psij {
  requires org.psij;
  requires static org.jspecify;

  exports org.example.psij;

  provides org.psij.spi.ExecutorDescriptor with
      org.example.psij.BasicExecutorDescriptor;
  provides org.psij.spi.LauncherDescriptor with
      org.example.psij.NiceLauncherDescriptor;
}
