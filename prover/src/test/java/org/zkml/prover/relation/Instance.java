package org.zkml.prover.relation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import org.zkml.prover.commitment.KnownSetup;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.engine.Relation;
import org.zkml.prover.engine.Witness;
import org.zkml.prover.field.FrVector;
import org.zkml.prover.field.Scalar;

/** A statement with its witness. */
public sealed interface Instance
        permits AggregateInstance, DatasetInstance, EvaluateInstance, InferInstance, TrainInstance {

    Relation relation();

    /** A fresh witness: the prover uses one up. */
    Witness witness();

    /** The statement as JSON. */
    default ObjectNode statementJson() {
        return switch (this) {
            case AggregateInstance average -> StatementJson.write(average.statement());
            case DatasetInstance dataset -> StatementJson.write(dataset.statement());
            case EvaluateInstance score -> StatementJson.write(score.statement());
            case InferInstance answer -> StatementJson.write(answer.statement());
            case TrainInstance train -> StatementJson.write(train.statement());
        };
    }

    static BigInteger address(Scalar value) {
        return value.toBigInteger().mod(BigInteger.ONE.shiftLeft(160));
    }

    /** Another polynomial with the same commitment: the blinder that only who knows tau and xi can find. */
    static Witness.Blinded disguised(Witness.Blinded other, Witness.Blinded committed, KnownSetup setup) {
        final Scalar difference = atTau(committed, setup).sub(atTau(other, setup));
        return new Witness.Blinded(
                other.polynomial(),
                committed.blinder().add(difference.mul(setup.xi().inverse())));
    }

    private static Scalar atTau(Witness.Blinded column, KnownSetup setup) {
        final FrVector table = column.polynomial().values();
        Scalar value = Scalar.ZERO;
        for (int i = column.polynomial().size() - 1; i >= 0; i--) {
            value = value.mul(setup.tau()).add(table.get(i));
        }
        return value;
    }

    static G1Affine commit(Witness.Blinded column, KnownSetup setup) {
        return setup.committer().commit(column.polynomial(), column.blinder());
    }
}
