package dev.belay.run;

/** Is told what happens in a run. Must return quickly; called from several threads, one at a time. @since 0.1 */
@FunctionalInterface
public interface RunListener {
    /** An event. An exception is logged and changes nothing about the run. */
    void on(RunEvent event);
}
