/** The dialect of Slurm: sbatch, squeue, sacct and scancel, as their manual pages tell. */
@NullMarked
package org.psij.executors.batch.slurm;

import org.jspecify.annotations.NullMarked;
