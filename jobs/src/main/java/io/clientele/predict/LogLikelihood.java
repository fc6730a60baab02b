package io.clientele.predict;

import java.util.List;

/** A log-likelihood of positive parameters, given the data. */
interface LogLikelihood {

    /** The names of the parameters, in order. */
    List<String> parameters();

    /** A rough guess, from which the way to the maximum is taken. */
    double[] start();

    Derivatives at(double[] parameters);
}
