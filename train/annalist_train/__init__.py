"""Training, quantising and measuring Annalist's language model. Start with `train/README.md`."""
